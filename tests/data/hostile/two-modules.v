module m(a);
input a;
endmodule
module n(a);
input a;
endmodule
