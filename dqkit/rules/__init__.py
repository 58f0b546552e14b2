"""What rules are, and the files they come from: read strictly, merged, published as a schema, tested."""
