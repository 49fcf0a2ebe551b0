module m(a, b, f);
input a, b;
output f;
assign f = 1'bx;
endmodule
