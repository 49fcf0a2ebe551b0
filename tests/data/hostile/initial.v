module m(a, b, f);
input a, b;
output f;
initial f = 0;
endmodule
