module m(a, b, f);
input a, b;
output f;
wire [3:0 w; assign f = a;
endmodule
