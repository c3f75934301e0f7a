" vim -N -u VIMRC -i NONE -es -S vim_ale.vim REPORT
" Tells step by step what Vim with ALE sees in the report, one JSON object a line. With WITHOUT=code in the environment it
" only waits until no finding of that code is left.

function! Tell(step, what) abort
  call writefile([json_encode({'step': a:step, 'what': a:what})], '/dev/stdout', 'a')
endfunction

function! WaitFor(step, Condition) abort
  for l:_ in range(400)
    if a:Condition()
      return
    endif
    sleep 50m
  endfor
  call Tell('timeout', a:step)
  cquit 1
endfunction

function! Findings() abort
  return ale#engine#GetLoclist(bufnr(''))
endfunction

function! Found(code) abort
  return filter(copy(Findings()), {_, finding -> get(finding, 'code', '') ==# a:code})
endfunction

" What :ALECodeAction does, with an answer to its question for a number.
function! Act(step, code, wanted) abort
  let l:finding = Found(a:code)[0]
  call cursor(l:finding.lnum, l:finding.col)
  let l:before = len(Found(a:code))
  let s:titles = []
  call ale#codefix#Execute(0, function('s:Choose', [a:wanted]))
  call WaitFor(a:step . ': offered', {-> !empty(s:titles)})
  if match(s:titles, a:wanted) < 0
    call Tell('timeout', a:step . ': ' . join(s:titles, '; '))
    cquit 1
  endif
  call ale#Queue(0)           " no autocommands in this mode
  call WaitFor(a:step, {-> len(Found(a:code)) < l:before})
  call Tell(a:step, len(Found(a:code)))
endfunction

function! s:Choose(wanted, data, items) abort
  let s:titles = map(copy(a:items), {_, item -> item[1].title})
  let l:at = match(s:titles, a:wanted)
  if l:at >= 0
    call ale#codefix#ApplyLSPCodeAction(a:data, a:items[l:at][1])
  endif
endfunction

set filetype=markdown
call ale#Queue(0)
call WaitFor('diagnostics', {-> !empty(Findings())})
if !empty($WITHOUT)
  call WaitFor('without', {-> !empty(Findings()) && empty(Found($WITHOUT))})
  call Tell('diagnostics', map(copy(Findings()), {_, finding -> finding.code}))
  qall!
endif
call Tell('diagnostics', map(copy(Findings()), {_, finding -> finding.code}))

let s:missing = Found('figure.too-few')[0]
call cursor(s:missing.lnum, s:missing.col)
ALEHover
call WaitFor('hover', {-> winnr('$') > 1})
wincmd P
call Tell('hover', join(getline(1, '$'), "\n"))
pclose

call Act('insert figure', 'figure.too-few', '^Insert figure figures/bucket\.png')
call Act('fix', 'answer.placeholder-left', 'placeholder')
call Act('fix beyond ASCII', 'figure.wrong-case', '^Write figures/Loss-curve')
InvigilatorFixAll
call ale#Queue(0)
call WaitFor('fix all', {-> empty(Found('figure.wrong-case'))})
call Tell('fix all', len(Found('figure.wrong-case')))
write
qall!
