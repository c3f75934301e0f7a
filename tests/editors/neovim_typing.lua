-- nvim --headless --clean -l neovim_typing.lua SETTINGS REPORT
-- Types into a second Neovim, which has the settings that the documentation shows, and tells step by step what that
-- shows then, one JSON object a line. With WITHOUT_HINTS it only looks whether there are hints, with RESTORE it only
-- takes the quick fix of a prompt that was changed.
local settings, report = arg[1], arg[2]

local function tell(step, what)
  io.stdout:write(vim.json.encode({ step = step, what = what }), "\n")
end

local child = vim.fn.jobstart({ vim.v.progpath, "--embed", "--headless", "--clean", "-u", settings, report }, { rpc = true })

local function inside(code, ...)
  return vim.rpcrequest(child, "nvim_exec_lua", code, { ... })
end

local function keys(typed)
  vim.rpcrequest(child, "nvim_input", typed)
end

local function wait(step, condition)
  if not vim.wait(20000, condition, 50) then
    local shown = inside("return { vim.fn.mode(), vim.fn.execute('messages'), vim.api.nvim_get_current_line() }")
    tell("timeout", { step, shown })
    vim.cmd("cquit 1")
  end
end

local function lines()
  return inside("return vim.api.nvim_buf_get_lines(0, 0, -1, true)")
end

-- The number of the only line that holds a text.
local function line_of(text)
  for number, line in ipairs(lines()) do
    if line:find(text, 1, true) then
      return number
    end
  end
  tell("timeout", "no line has " .. text)
  vim.cmd("cquit 1")
end

local function found(code)
  return inside([[
    local code = ...
    return #vim.tbl_filter(function(diagnostic) return diagnostic.code == code end, vim.diagnostic.get(0))
  ]], code)
end

-- The hints as they are shown: the heading in front of each, and what it says.
local function hints()
  return inside([[
    return vim.tbl_map(function(shown)
      local hint = shown.inlay_hint
      local line = vim.api.nvim_buf_get_lines(0, hint.position.line, hint.position.line + 1, true)[1]
      return { line:sub(1, hint.position.character), hint.label }
    end, vim.lsp.inlay_hint.get({ bufnr = 0 }))
  ]])
end

local function leave()
  pcall(vim.rpcrequest, child, "nvim_command", "wall | qall!")
  vim.fn.jobwait({ child }, 10000)
  vim.cmd("qall!")
end

local function go_to(line)
  keys(("<Esc>%dG0"):format(line))
  wait("line " .. line, function() return inside("return vim.fn.line('.')") == line end)
end

wait("diagnostics", function() return inside("return #vim.diagnostic.get(0)") > 0 end)
if os.getenv("WITHOUT_HINTS") then
  vim.wait(1500)
  tell("hints", hints())
  leave()
end

if os.getenv("RESTORE") then
  wait("changed prompt", function() return found("prompt.changed") > 0 end)
  inside([[
    local changed = vim.iter(vim.diagnostic.get(0)):find(function(one) return one.code == "prompt.changed" end)
    vim.api.nvim_win_set_cursor(0, { changed.lnum + 1, changed.col })
  ]])
  keys("gra")
  wait("choice", function() return inside("return vim.fn.mode()") == "c" end)
  keys("1<CR>")
  wait("restored", function() return found("prompt.changed") == 0 end)
  leave()
end

wait("hints", function() return #hints() > 0 end)
tell("hints", hints())

-- Folding: all prompts at once, then all questions.
wait("folds", function() return inside("return vim.fn.foldlevel(vim.fn.search('^> Answer:', 'nw'))") > 0 end)
inside("vim.lsp.foldclose('comment')")
local prompt = line_of("> Answer length: 50-100 words.")
wait("prompts folded", function() return inside("return vim.fn.foldclosed(...)", prompt) > 0 end)
tell("folded prompt", {
  lines()[inside("return vim.fn.foldclosed(...)", prompt)],
  lines()[inside("return vim.fn.foldclosedend(...)", prompt)],
})
inside("vim.cmd('normal! zR'); vim.wo.foldlevel = 2")
local heading = line_of("### Question 4")
wait("questions folded", function() return inside("return vim.fn.foldclosed(...)", heading) == heading end)
tell("folded question", inside("return vim.fn.foldtextresult(...)", heading))
inside("vim.wo.foldlevel = 99")

-- Completion: in place of a path with a space, which Markdown takes for the end of it.
tell("not shown", found("figure.not-shown"))
go_to(line_of("confusion matrix.png"))
keys("f(lct)figures/conf")
wait("completion", function() return inside("return vim.fn.pumvisible()") == 1 end)
tell("offered", inside("return vim.tbl_map(function(item) return item.word end, vim.fn.complete_info().items)"))
if inside("return vim.fn.complete_info().selected") < 0 then
  keys("<C-n>")
end
keys("<C-y><Esc>")
wait("completed", function() return inside("return vim.fn.mode()") == "n" end)
wait("shown", function() return found("figure.not-shown") == 0 end)
tell("completed", inside("return vim.api.nvim_get_current_line()"))

-- A hint follows what is typed.
go_to(line_of("### Question 12"))
keys("/fill here<CR>0Ctext of five words altogether<Esc>")
wait("new hint", function() return vim.iter(hints()):any(function(hint) return hint[2]:find("^5 of") ~= nil end) end)
tell("new hint", hints()[12])
leave()
