module m(a, b, f);
input a, b;
output f;
input c; assign f = a;
endmodule
