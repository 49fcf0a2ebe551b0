module m(a, f);
output f;
assign f = a;
endmodule
