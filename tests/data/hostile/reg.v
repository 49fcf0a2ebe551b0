module m(a, b, f);
input a, b;
output f;
reg f;
endmodule
