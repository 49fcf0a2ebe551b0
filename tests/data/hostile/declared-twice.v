module m(a, b, f);
input a, b;
output f;
input a; assign f = a;
endmodule
