module m(a);
input [900000000:0] a;
endmodule
