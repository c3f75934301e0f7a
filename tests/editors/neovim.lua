-- nvim --headless --clean -l neovim.lua INVIGILATOR REPORT
-- Opens the report as a user of the README's settings does, and tells step by step what it sees, one JSON object a line.
local invigilator, report = arg[1], arg[2]

local function tell(step, what)
  io.stdout:write(vim.json.encode({ step = step, what = what }), "\n")
end

local function wait(step, condition)
  if not vim.wait(20000, condition, 20) then
    tell("timeout", step)
    vim.cmd("cquit 1")
  end
end

vim.cmd.filetype("on")
vim.lsp.config("invigilator", {
  cmd = { invigilator, "serve" },
  filetypes = { "markdown" },
  root_markers = { ".git", "reports" },
})
vim.lsp.enable("invigilator")
vim.cmd.edit(vim.fn.fnameescape(report))
local buffer = vim.api.nvim_get_current_buf()

local function found(code)
  return vim.tbl_filter(function(diagnostic) return diagnostic.code == code end, vim.diagnostic.get(buffer))
end

wait("diagnostics", function() return #vim.diagnostic.get(buffer) > 0 end)
local codes = vim.tbl_map(function(diagnostic) return diagnostic.code end, vim.diagnostic.get(buffer))
table.sort(codes)
tell("diagnostics", codes)

local function cursor_to(code)
  local diagnostic = found(code)[1]
  vim.api.nvim_win_set_cursor(0, { diagnostic.lnum + 1, diagnostic.col })
end

local function act(step, code, wanted)
  cursor_to(code)
  local before = #found(code)
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action) return action.title:find(wanted) ~= nil end,
  })
  wait(step, function() return #found(code) < before end)
  tell(step, #found(code))
end

local client = vim.lsp.get_clients({ bufnr = buffer })[1]
tell("encoding", client.offset_encoding)
cursor_to("figure.too-few")
local position = vim.lsp.util.make_position_params(0, client.offset_encoding)
local hover = client:request_sync("textDocument/hover", position, 20000, buffer)
tell("hover", hover.result.contents.value)

act("insert figure", "figure.too-few", "^Insert figure figures/bucket%.png")
act("fix", "answer.placeholder-left", "placeholder")

vim.cmd.write()
tell("saved", vim.fn.readfile(report)[1] ~= nil)
client:stop()
wait("stop", function() return vim.lsp.get_client_by_id(client.id) == nil end)
tell("stopped", true)
