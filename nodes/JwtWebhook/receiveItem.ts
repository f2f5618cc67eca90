import type {
	INode,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { FewAMinute } from '../../core/shared/fewAMinute';
import { monotonicClock } from '../../core/shared/monotonicClock';
import { errorLine, toNodeError } from '../common/nodeError';
import { readCallForm, type CallForm } from './read/callForm';
import { readIncomingCall, type IncomingCall } from './read/incomingCall';
import { verifyCall, type AcceptedCall, type Refusal } from './run/verifyCall';
import { callItem, refusedItem } from './respond/callItem';
import { answerJson, answerRefusal, type WebhookResponse } from './respond/answerRefusal';
import { answerMetadata, metadataUrlOf } from './respond/resourceMetadata';
import { webhookUrlOf } from './read/webhookUrl';

const faults = new FewAMinute(monotonicClock);

const refusedRuns = new FewAMinute(monotonicClock);

const outages = new FewAMinute(monotonicClock);

/** A response that this node has sent itself, and no run of the workflow. */
const ANSWERED: IWebhookResponseData = { noWebhookResponse: true };

function responseOf(context: IWebhookFunctions): WebhookResponse {
	return context.getResponseObject() as unknown as WebhookResponse;
}

function nameOf(context: IWebhookFunctions, node: INode): string {
	return `${context.getWorkflow().id ?? ''} ${node.id}`;
}

/**
 * What a mistake in the form comes to. It is an error of the workflow, so that somebody sees it; but
 * anybody can call, so that in production one run a minute has to do.
 */
function failOnForm(context: IWebhookFunctions, error: unknown): IWebhookResponseData {
	const node = context.getNode();
	const isSeen =
		context.getMode() === 'manual' || faults.pass(nameOf(context, node), 1) !== undefined;
	if (isSeen) throw toNodeError(node, error, 0);
	answerJson(responseOf(context), 500, { error: 'server_error' });
	return ANSWERED;
}

/** The outputs of the node, with an item in one of them. */
function outputsWith(form: CallForm, output: number, item: INodeExecutionData) {
	const count = form.methods.length + (form.refusedPerMinute > 0 ? 1 : 0);
	return Array.from({ length: count }, (_, index) => (index === output ? [item] : []));
}

/** Answers a call that was refused; few of them run the workflow too, where that is wanted. */
function answerRefusedCall(
	context: IWebhookFunctions,
	{ call, form }: { call: IncomingCall; form: CallForm },
	refusal: Refusal,
): IWebhookResponseData {
	answerRefusal(responseOf(context), refusal, {
		metadataUrl: form.publishesMetadata ? metadataUrlOf(context) : undefined,
		isTest: context.getMode() === 'manual',
	});
	const node = context.getNode();
	const told = `${node.name} refused a call: ${errorLine(new Error(refusal.message))}`;
	// Anybody can call while an issuer is down, which is worth a line a minute.
	const isOutage =
		refusal.statusCode === 503 && outages.pass(nameOf(context, node), 1) !== undefined;
	if (isOutage) context.logger.warn(told);
	else context.logger.debug(told);
	const most = form.refusedPerMinute;
	const others = most > 0 ? refusedRuns.pass(nameOf(context, node), most) : undefined;
	if (others === undefined) return ANSWERED;
	const item = refusedItem(call, refusal, others);
	return { ...ANSWERED, workflowData: outputsWith(form, form.methods.length, item) };
}

/** Hands a call whose token holds to the workflow. */
async function acceptCall(
	context: IWebhookFunctions,
	{ call, form }: { call: IncomingCall; form: CallForm },
	accepted: AcceptedCall,
): Promise<IWebhookResponseData> {
	const item = await callItem(context, { call, form, url: webhookUrlOf(context) }, accepted);
	const output = Math.max(0, form.methods.indexOf(call.method.toUpperCase()));
	const workflowData = outputsWith(form, output, item);
	if (!form.streams) return { workflowData };
	const response = responseOf(context);
	response.writeHead(200, {
		'Content-Type': 'application/json; charset=utf-8',
		'Cache-Control': 'no-cache',
	});
	response.flushHeaders();
	return { ...ANSWERED, workflowData };
}

async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	if (context.getWebhookName() === 'setup') {
		answerMetadata(context, responseOf(context));
		return ANSWERED;
	}
	const call = readIncomingCall(context);
	const form = readCallForm(context);
	const verdict = await verifyCall(context, call, form);
	return verdict.accepted
		? await acceptCall(context, { call, form }, verdict)
		: answerRefusedCall(context, { call, form }, verdict);
}

/** One call's way through the node: to an item, or to an answer that says why not. */
export async function receiveItem(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	let mistake: unknown;
	try {
		return await receive(context);
	} catch (error) {
		mistake = error;
	}
	return failOnForm(context, mistake);
}
