// What VS Code runs as extensionTestsPath: one suite by mocha, each result told to the driver outside.

const Mocha = require(process.env.INVIGILATOR_TESTS_MOCHA);
const { ask } = require("./tools.cjs");

const LIMIT = Number(process.env.INVIGILATOR_EDITORS_SECONDS || 60) * 1000;

exports.run = async () => {
  const mocha = new Mocha({ ui: "bdd", timeout: LIMIT, reporter: function reporter() {} });
  mocha.addFile(process.env.INVIGILATOR_TESTS);
  const telling = [];
  await new Promise((resolve) => {
    const runner = mocha.run(resolve);
    runner.on("pass", (test) => telling.push(ask("told", { title: test.title, took: test.duration })));
    runner.on("fail", (test, error) => telling.push(ask("told", { title: test.title, took: test.duration, failure: error.message })));
  });
  await Promise.all(telling);
  await ask("ended");
};
