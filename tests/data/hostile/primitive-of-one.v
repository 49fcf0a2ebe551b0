module m(a, b, f);
input a, b;
output f;
and (f);
endmodule
