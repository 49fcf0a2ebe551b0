module m(a, b, f);
input a, b;
output f;
parameter n = 3;
endmodule
