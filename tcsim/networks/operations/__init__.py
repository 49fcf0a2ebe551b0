"""Operations of integer networks: what each means in integers, and what it costs as a circuit."""
