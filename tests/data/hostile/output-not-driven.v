module m(a, b, f);
input a, b;
output f;
assign g = a;
endmodule
