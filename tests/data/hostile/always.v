module m(a, b, f);
input a, b;
output f;
always @(posedge a) f <= b;
endmodule
