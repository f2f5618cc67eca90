export { parseXml, XmlElement } from '@rgrove/parse-xml';
