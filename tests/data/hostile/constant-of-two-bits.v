module m(a, b, f);
input a, b;
output f;
assign f = 2'b10;
endmodule
