module m(a, b, f);
input a, b;
output f;
and (1'b0, a, b);
endmodule
