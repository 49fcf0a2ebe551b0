module m(a, b, f);
input a, b;
output f;
wire [99999999999999999999:0] w; assign f = a;
endmodule
