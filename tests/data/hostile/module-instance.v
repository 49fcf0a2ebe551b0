module m(a, b, f);
input a, b;
output f;
dff d(.q(f), .d(a));
endmodule
