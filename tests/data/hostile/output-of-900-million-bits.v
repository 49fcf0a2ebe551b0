module m(output [900000000:0] f);
endmodule
