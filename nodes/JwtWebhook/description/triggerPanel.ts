import type { TriggerPanelDefinition } from 'n8n-workflow';

/** What n8n shows beside the parameters, where another node has its input. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Start on a Call With a Valid JWT',
	executionsHelp: {
		inactive:
			'<b>While you build the workflow</b>, click the button, then call the test URL with a token. The call shows up here.<br /><br /><b>To run it by itself</b>, publish the workflow and call the production URL. These calls show up in the executions list, but not here.',
		active:
			'<b>While you build the workflow</b>, click the button, then call the test URL with a token. The call shows up here.<br /><br /><b>The workflow is published</b>: calls of the production URL run it by themselves. They show up in the <a data-key="executions">executions list</a>, but not here.',
	},
	activationHint:
		'A call without a valid token gets the reason as its answer and never shows up here. To see such calls, add Run for Refused Calls (per Minute) under Options.',
};
