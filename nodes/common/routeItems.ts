import type { IExecuteFunctions, INodeExecutionData, IPairedItemData } from 'n8n-workflow';
import { forEachItem } from './forEachItem';

/** What an operation makes of one item, and through which output that leaves. */
export interface RoutedItems {
	/** Index of the output, from 0. */
	output: number;
	items: INodeExecutionData[];
}

/** How {@link routeItems} spreads items over the outputs. */
export interface RouteOptions {
	/** Number of outputs. */
	outputs: number;
	/** Output of items that failed, where the person chose to continue. */
	failures: number;
	/** How many items may be under way at once. */
	concurrency: number;
}

/**
 * Runs an operation once for every input item, as {@link forEachItem} does, and hands what it returns
 * to one of several outputs, in item order on each.
 */
export async function routeItems(
	context: IExecuteFunctions,
	{ outputs, failures, concurrency }: RouteOptions,
	operation: (itemIndex: number) => Promise<RoutedItems>,
): Promise<INodeExecutionData[][]> {
	const outputOf = new Map<unknown, number>();
	const items = await forEachItem(context, concurrency, async (itemIndex) => {
		const routed = await operation(itemIndex);
		outputOf.set(itemIndex, routed.output);
		return routed.items;
	});
	const result: INodeExecutionData[][] = Array.from({ length: outputs }, () => []);
	for (const item of items) {
		const { item: origin } = Object(item.pairedItem) as IPairedItemData;
		result[outputOf.get(origin) ?? failures]?.push(item);
	}
	return result;
}
