module m(a, b, f);
input a, b;
output f;
assign f = g; assign g = ~f;
endmodule
