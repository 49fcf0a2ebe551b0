module m(a, f);
input a;
output f;
assign f = a;
