module m(f);
output f;
assign f = [31m;
endmodule
