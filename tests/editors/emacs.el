;;; emacs.el --- a session in Emacs with eglot  -*- lexical-binding: t -*-

;; emacs --batch -l emacs.el -- SETTINGS REPORT
;; Opens the report with the settings that the documentation shows, and tells step by step what it sees, one JSON object
;; a line.  With WITHOUT=code in the environment it only waits until no finding of that code is left.

(require 'cl-lib)
(require 'json)
(require 'package)
(package-initialize)                    ; what Emacs does by itself when it is not in batch mode
(setq create-lockfiles nil
      make-backup-files nil
      last-nonmenu-event ?x)            ; as after a key, not after a click: no pop-up menus

(defvar session-settings (nth 1 command-line-args-left))
(defvar session-report (nth 2 command-line-args-left))
(setq command-line-args-left nil)

(defun session-tell (step what)
  (princ (concat (json-encode `((step . ,step) (what . ,what))) "\n")))

(defmacro session-wait (step &rest condition)
  (declare (indent 1))
  `(let ((end (+ (float-time) 20)) value)
     (while (not (setq value (progn ,@condition)))
       (when (> (float-time) end)
         (session-tell "timeout" ,step)
         (kill-emacs 1))
       (accept-process-output nil 0.05))
     value))

(defun session-codes ()
  "The codes of the findings that Flymake shows, from their texts."
  (eglot--signal-textDocument/didChange) ; what eglot does half a second after the last key; batch mode is never idle
  (flymake-start)
  (delq nil (mapcar (lambda (diagnostic)
                      (let ((text (flymake-diagnostic-text diagnostic)))
                        (and (string-match "invigilator \\[\\([a-z.-]+\\)\\]" text) (match-string 1 text))))
                    (flymake-diagnostics))))

(defun session-count (code)
  (cl-count code (session-codes) :test #'equal))

(defun session-goto (code)
  (goto-char (apply #'min (cl-loop for diagnostic in (flymake-diagnostics)
                                   when (string-search (format "[%s]" code) (flymake-diagnostic-text diagnostic))
                                   collect (flymake-diagnostic-beg diagnostic)))))

(defun session-act (step code wanted)
  "Choose the code action whose title matches WANTED where the first finding of CODE is, as a user does."
  (session-goto code)
  (let ((before (session-count code)))
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt items &rest _)
                 (or (cl-find-if (lambda (title) (string-match-p wanted title)) (mapcar #'car items))
                     (error "No action like %s among %s" wanted (mapcar #'car items)))))
              ((symbol-function 'y-or-n-p) #'always))  ; eglot asks before it does what a server wants
      (eglot-code-actions (point) nil nil t))
    (session-wait step (< (session-count code) before))
    (session-tell step (session-count code))))

(defun session-complete (wanted)
  "Complete at point with the candidate that matches WANTED, as a user does who picks it from the list."
  (eglot--signal-textDocument/didChange)
  (let ((completion-in-region-function
         (lambda (start end collection predicate)
           (let* ((typed (buffer-substring start end))
                  (found (all-completions typed collection predicate))
                  (chosen (or (cl-find-if (lambda (one) (string-match-p wanted one)) found)
                              (error "Nothing like %s among %s" wanted found))))
             (delete-region start end)
             (insert chosen)
             (funcall (plist-get completion-extra-properties :exit-function) chosen 'finished)
             t))))
    (completion-at-point)))

(dolist (library '("eglot" "markdown-mode"))
  (unless (locate-library library)
    (session-tell "missing" (format "Emacs has no %s" library))
    (kill-emacs 0)))
(load session-settings nil t t)
(find-file session-report)
(run-hooks 'post-command-hook)          ; eglot-ensure connects after the first command, and batch mode has none
(session-wait "diagnostics" (and (eglot-current-server) (session-codes)))

(let ((without (getenv "WITHOUT")))
  (when without
    (session-wait "without" (and (session-codes) (zerop (session-count without)))))
  (session-tell "diagnostics" (vconcat (session-codes)))
  (unless without
    (session-goto "figure.too-few")
    (let (shown)
      (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown (or text ""))))
      (session-wait "hover" shown)
      (session-tell "hover" (substring-no-properties shown)))
    (session-act "insert figure" "figure.too-few" "^Insert figure figures/bucket\\.png")
    (session-act "fix" "answer.placeholder-left" "placeholder")
    (session-act "fix beyond ASCII" "figure.wrong-case" "^Write figures/Loss-curve")
    (session-act "copy" "figure.outside-folder" "^Copy it to figures/bridge\\.png")
    (goto-char (point-min))
    (search-forward "(figures/confusion matrix.png)")
    (replace-match "(figures/conf)")
    (backward-char)
    (session-wait "half a name" (= (session-count "figure.bad-extension") 2))
    (session-complete "confusion")
    (session-tell "completed" (buffer-substring-no-properties (line-beginning-position) (line-end-position)))
    (session-wait "shown" (= (session-count "figure.bad-extension") 1))
    (session-tell "not shown" (session-count "figure.not-shown"))
    (invigilator-fix-all)
    (session-wait "fix all" (zerop (session-count "figure.wrong-case")))
    (session-tell "fix all" (session-count "figure.wrong-case"))
    (save-buffer)))

(eglot-shutdown (eglot-current-server))
(session-wait "stop" (null (eglot-current-server)))
(session-tell "stopped" t)
