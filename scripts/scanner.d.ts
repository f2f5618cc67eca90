/** What scan.js uses of n8n's package scanner, which comes without types. */
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	export const SOURCE_FILE_PATTERNS: string[];
	export function analyzePackage(
		folder: string,
		patterns: string[],
	): Promise<{ passed: boolean; message?: string }>;
	export function buildScanConfig(): Promise<import('eslint').Linter.Config[]>;
}
