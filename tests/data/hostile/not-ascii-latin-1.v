module m(f);
output f;
assign f = é;
endmodule
