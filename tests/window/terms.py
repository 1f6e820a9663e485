# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AT-SPI calls things, and what may go wrong."""


ROLES = """invalid,accelerator label,alert,animation,arrow,calendar,canvas,check box,check menu item,color chooser,column header,combo box,date editor,desktop icon,
desktop frame,dial,dialog,directory pane,drawing area,file chooser,filler,focus traversable,font chooser,frame,glass pane,html container,icon,image,internal frame,
label,layered pane,list,list item,menu,menu bar,menu item,option pane,page tab,page tab list,panel,password text,popup menu,progress bar,push button,radio button,
radio menu item,root pane,row header,scroll bar,scroll pane,separator,slider,spin button,split pane,status bar,table,table cell,table column header,table row header,
tearoff menu item,terminal,text,toggle button,tool bar,tool tip,tree,tree table,unknown,viewport,window,extended,header,footer,paragraph,ruler,application,autocomplete,
editbar,embedded,entry,chart,caption,document frame,heading,page,section,redundant object,form,link,input method window,table row,tree item,document spreadsheet,
document presentation,document text,document web,document email,comment,list box,grouping,image map,notification,info bar,level bar,title bar,block quote,audio,video,
definition,article,landmark,log,marquee,math,rating,timer,static""".replace("\n", "").split(",")
STATES = """invalid active armed busy checked collapsed defunct editable enabled expandable expanded focusable focused has-tooltip horizontal iconified modal multi-line
multiselectable opaque pressed resizable selectable selected sensitive showing single-line stale transient vertical visible manages-descendants indeterminate required
truncated animated invalid-entry autocompletion selectable-text default visited checkable has-popup read-only""".split()
A, T, C, X, TB, V = ("org.a11y.atspi." + n for n in ("Accessible", "Action", "Component", "Text", "Table", "Value"))
BUTTONS = {"push button", "toggle button", "check box", "radio button", "menu item", "check menu item", "radio menu item", "link", "page tab", "list item", "tree item"}
ENTRIES = {"text", "entry", "password text", "spin button", "editbar"}
TABLES = {"table", "tree", "tree table", "list", "list box"}
CONTROLS = BUTTONS | ENTRIES | TABLES | {"combo box", "slider", "terminal", "page tab list", "menu", "dial"}
FRAMES = {"frame", "dialog", "window", "popup menu", "alert", "file chooser"}
INSIDE = {"list item", "tree item", "table cell", "table row", "table column header", "table row header", "column header", "row header", "page tab"}  # reached with arrows


PATIENCE = 120  # seconds until something that should come counts as missing; nothing waits when it is there


class Missing(Exception):
    """Something that should be in the window is not, or not in time."""


class Broken(Exception):
    """The desk itself (X server, bus) failed: no verdict about the program."""


def within(outer, inner, slack=1):
    return inner[0] >= outer[0] - slack and inner[1] >= outer[1] - slack and inner[0] + inner[2] <= outer[0] + outer[2] + slack and inner[1] + inner[3] <= outer[1] + outer[3] + slack


def overlap(a, b):
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return (w, h) if w > 0 and h > 0 else (0, 0)
