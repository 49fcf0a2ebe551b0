module m(a, b, f);
input a, b;
output f;
assign 1'b0 = a;
endmodule
