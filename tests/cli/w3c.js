// Every MUST assertion of the Web Annotation tests over an export.
// usage: node w3c.js FOLDER-OF-SCHEMAS FILE; prints what fails, and counts.
const fs = require("fs"), path = require("path");
const Ajv = require("ajv");
const [root, file] = process.argv.slice(2);
const ajv = new Ajv({ schemaId: "id", meta: false, logger: false, unknownFormats: "ignore" });
ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
ajv._opts.defaultMeta = "http://json-schema.org/draft-04/schema#";
for (const name of fs.readdirSync(path.join(root, "definitions")))
    ajv.addSchema(JSON.parse(fs.readFileSync(path.join(root, "definitions", name))));
const musts = JSON.parse(fs.readFileSync(path.join(root, "annotations/annotationMusts.test"))).assertions;
const checks = musts.map((name) => [name, ajv.compile(JSON.parse(fs.readFileSync(path.join(root, name))))]);
const annotations = JSON.parse(fs.readFileSync(file));
let failed = 0;
for (const annotation of annotations)
    for (const [name, check] of checks)
        if (!check(annotation)) {
            failed++;
            console.log(annotation.id, name);
        }
console.log(`${annotations.length > 0 ? "some" : "no"} annotations, ${musts.length} assertions, ${failed} failed`);
