import {
	headerText,
	isHtml,
	parseAnswer,
	titleOfHtml,
	wholeAnswer,
} from '../../../core/exchange/parseAnswer';
import { readMember } from '../../../core/shared/objectPath';

const of = (body: string, type = '') =>
	parseAnswer({ status: 200, headers: { 'content-type': type }, body });

const AWS = `<?xml version="1.0"?>
<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleWithWebIdentityResult>
    <Credentials>
      <SessionToken>  session/token+== </SessionToken>
      <Expiration>2026-03-01T13:00:00Z</Expiration>
    </Credentials>
    <Tag>a</Tag><Tag>b &amp; c</Tag><Empty/>
  </AssumeRoleWithWebIdentityResult>
</AssumeRoleWithWebIdentityResponse>`;

describe('an answer', () => {
	it('in XML is read by path (AWS)', () => {
		const answer = of(AWS, 'text/xml');
		const result = 'AssumeRoleWithWebIdentityResponse.AssumeRoleWithWebIdentityResult';
		expect(readMember(answer, `${result}.Credentials.SessionToken`)).toBe('session/token+==');
		expect(readMember(answer, `${result}.Credentials.Expiration`)).toBe('2026-03-01T13:00:00Z');
		expect(readMember(answer, `${result}.Tag`)).toEqual(['a', 'b & c']);
		expect(readMember(answer, `${result}.Empty`)).toBe('');
	});

	it.each([
		['<a><b></a>'],
		['<a>'],
		['<'],
		[`<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`],
		['<a>'.repeat(100_000) + '</a>'.repeat(100_000)],
	])(
		'that is no XML, or defines entities, or is nested without end, has no members: %.40s',
		(body) => {
			expect(of(body)).toBe(undefined);
		},
	);

	it.each([
		[' \n<a><b>x</b></a>', { a: { b: 'x' } }],
		[' access_token=t&x=a+b\n', { access_token: 't', x: 'a b' }],
		[' {"a":1}\n', { a: 1 }],
	])('is read though blanks stand around it: %j', (body, members) => {
		expect(of(body)).toEqual(members);
	});

	it.each(['Denied: code=7', 'code=7 is denied', 'code=7<br>', 'code', '7', 'null', '"x"'])(
		'that is a text has no members: %s',
		(body) => {
			expect(of(body)).toBe(undefined);
		},
	);

	it('that calls itself a form is one, whatever stands in it', () => {
		expect(of('code=7 is denied', 'application/x-www-form-urlencoded; charset=utf-8')).toEqual({
			code: '7 is denied',
		});
	});

	it('with many elements is read all the same', () => {
		const answer = of(`<a>${'<b/>'.repeat(100_000)}</a>`);
		expect((readMember(answer, 'a.b') as unknown[]).length).toBe(100_000);
	});

	it('has no members of a prototype', () => {
		expect(readMember(of('<a><__proto__>x</__proto__></a>'), 'a.x')).toBe(undefined);
	});
});

describe('a whole answer', () => {
	const whole = (body: string) => wholeAnswer({ status: 200, headers: {}, body });

	it.each([
		[' opaque-token\n', 'opaque-token'],
		['"opaque-token"', 'opaque-token'],
		['eyJh.e30.c2ln', 'eyJh.e30.c2ln'],
		['b3BhcXVl==', 'b3BhcXVl=='],
		['12345', '12345'],
	])('%j is the token %s', (body, expected) => {
		expect(whole(body)).toBe(expected);
	});

	it('that is an object stays one, so that it can be refused', () => {
		expect(whole('{"token":"x"}')).toEqual({ token: 'x' });
	});
});

describe('a web page', () => {
	const page = (body: string, type?: string) =>
		isHtml({ status: 200, headers: type === undefined ? {} : { 'content-type': type }, body });

	it.each([
		['Bad Gateway', 'text/html; charset=utf-8'],
		['Bad Gateway', 'application/xhtml+xml, text/HTML'],
		['<html lang="en">', undefined],
		['\r\n <!DOCTYPE html>', 'text/plain'],
		['<Body>', undefined],
	])('is known by its beginning or its type: %j, %s', (body, type) => {
		expect(page(body, type)).toBe(true);
	});

	it.each(['{"page":"<html>"}', '"<html>"', '<htmlish/>', 'html', ''])('is not %j', (body) => {
		expect(page(body)).toBe(false);
	});
});

describe('a header of an answer', () => {
	it('is its text, empty for none', () => {
		const answer = { status: 200, headers: { age: 7 }, body: '' };
		expect([headerText(answer, 'age'), headerText(answer, 'location')]).toEqual(['7', '']);
	});
});

describe('the title of a web page', () => {
	it.each([
		['<html><TITLE> 502 Bad Gateway </TITLE></html>', '502 Bad Gateway'],
		['<html>x</html>', ''],
		['<title>Bad Gateway', ''],
		['Bad Gateway</title>', ''],
		['<title>Bad Gateway</title>', 'Bad Gateway'],
	])('of %s is %j', (page, expected) => {
		expect(titleOfHtml(page)).toBe(expected);
	});
});
