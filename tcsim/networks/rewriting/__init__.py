"""The same function as a cheaper network: other codes, products fused with what rounds them."""
