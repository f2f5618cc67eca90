/** Type options of a JSON field whose values may be expressions, each resolved by itself. */
export const jsonOptions = {
	rows: 3,
	resolveCredentialJsonLeaves: true,
	ignoreCredentialExpressionResolveError: true,
};

/** The same for a field whose values are secret. */
export const secretJsonOptions = { ...jsonOptions, redactJsonLeaves: true };
