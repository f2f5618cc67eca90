import { JwtAuthError } from '../errors';
import { httpsUrl } from '../shared/url';

/** An Application Load Balancer of AWS that signs in users. */
export interface LoadBalancer {
	/** What its tokens carry as `signer`. */
	arn: string;
	/** Where its keys are, one for each key ID; ends with a slash. */
	keyAddress: string;
}

const ARN_HINT =
	'Copy the ARN of the load balancer from its details in the AWS console: arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/app/NAME/ID.';

/** Where AWS publishes the keys of a region; undefined for partitions whose address is not known. */
function regionalAddress(partition: string, region: string): string | undefined {
	if (partition === 'aws') return `https://public-keys.auth.elb.${region}.amazonaws.com/`;
	if (partition !== 'aws-us-gov') return undefined;
	return `https://s3-${region}.amazonaws.com/aws-elb-public-keys-prod-${region}/`;
}

/**
 * Reads the ARN of an Application Load Balancer.
 *
 * @param entered address of the keys that a person entered; empty for the one AWS has for the region
 * @param allowsOwnNetwork whether that address may begin with `http:` in a network of one's own
 * @throws {@link JwtAuthError} `FIELD_INVALID`, `URL_INVALID`
 */
export function readLoadBalancer(
	arn: string,
	entered: string,
	allowsOwnNetwork: boolean,
): LoadBalancer {
	const [prefix, partition = '', service, region = '', account = '', resource = '', ...rest] =
		arn.split(':');
	// The region becomes part of a host name.
	const isArn =
		prefix === 'arn' &&
		service === 'elasticloadbalancing' &&
		/^[a-z]{2}[a-z0-9-]{3,30}$/.test(region) &&
		/^\d{12}$/.test(account) &&
		resource.startsWith('loadbalancer/app/') &&
		rest.length === 0;
	if (!isArn) {
		throw new JwtAuthError(
			'FIELD_INVALID',
			'Load Balancer ARN is not the ARN of an Application Load Balancer.',
			{ hint: ARN_HINT },
		);
	}
	const address = entered || regionalAddress(partition, region);
	if (address === undefined) {
		throw new JwtAuthError(
			'FIELD_INVALID',
			'Load Balancer ARN belongs to a part of AWS whose address of public keys is not known.',
			{ hint: 'Enter that address in Public Key Address under Options.' },
		);
	}
	const url = httpsUrl(address, 'Public Key Address', allowsOwnNetwork);
	if (url.search !== '' || url.hash !== '') {
		throw new JwtAuthError('URL_INVALID', 'Public Key Address has a query or a fragment.', {
			hint: 'Enter what stands before the ID of the key.',
		});
	}
	// Without a bare ? or #, behind which the ID of the key would be none of the path.
	const base = `${url.origin}${url.pathname}`;
	return { arn, keyAddress: base.endsWith('/') ? base : `${base}/` };
}
