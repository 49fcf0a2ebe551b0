module m(a, b, f);
input a, b;
output f;
inout c;
endmodule
