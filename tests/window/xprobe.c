// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
/* xprobe: what the window check measures or does at the X server itself. Prints one JSON object. Times in ms.
 *   xprobe start SECONDS -- PROGRAM ARGS…   starts it; when its window is mapped, painted, answers; leaves it running
 *   xprobe ping WINDOW PID EVERY SECONDS    _NET_WM_PING again and again: the longest time the event loop did not answer
 *   xprobe key WINDOW X Y W H KEYSYM N GAP  presses a key N times: time until the pixels in the box change
 *   xprobe quiet WINDOW SECONDS             number of repaints (damage) and painted area while nothing is done
 *   xprobe close WINDOW                     asks the window to close, as the frame's cross does
 *   xprobe windows                          [id, pid, "title"] of every managed window
 *   xprobe grab X Y W H                     raw BGRX bytes of the screen
 * cc -O2 xprobe.c -o xprobe -lX11 -lXtst -lXdamage -lXfixes */
#define _GNU_SOURCE
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/extensions/Xdamage.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static Display *d;
static Window root;
static int damageEvent;

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1e3 + t.tv_nsec / 1e6; }
static int quiet(Display *x, XErrorEvent *e) { (void)x; (void)e; return 0; }
static Atom atom(const char *n) { return XInternAtom(d, n, False); }

/* time a thread waited for a processor, so far; and the processor time it got */
static void schedule(int pid, double *ran, double *waited) {
    char p[64]; unsigned long long a = 0, b = 0;
    snprintf(p, sizeof p, "/proc/%d/task/%d/schedstat", pid, pid);
    FILE *f = fopen(p, "r");
    if (f) { if (fscanf(f, "%llu %llu", &a, &b) != 2) a = b = 0; fclose(f); }
    *ran = a / 1e6; *waited = b / 1e6;
}

static unsigned long cardinal(Window w, const char *name, unsigned long other) {
    Atom t; int f; unsigned long n, left; unsigned char *v = NULL;
    unsigned long out = other;
    if (XGetWindowProperty(d, w, atom(name), 0, 1, False, AnyPropertyType, &t, &f, &n, &left, &v) == Success && n && f == 32) out = *(unsigned long *)v;
    if (v) XFree(v);
    return out;
}
static Window *clients(unsigned long *n) {
    Atom t; int f; unsigned long left; unsigned char *v = NULL; *n = 0;
    XGetWindowProperty(d, root, atom("_NET_CLIENT_LIST"), 0, 256, False, XA_WINDOW, &t, &f, n, &left, &v);
    return (Window *)v;
}
static void next(double until) {   /* sleeps until an X event is there or the time has come */
    XFlush(d);
    if (XPending(d)) return;
    double left = until - now();
    if (left <= 0) return;
    struct pollfd p = {ConnectionNumber(d), POLLIN, 0};
    struct timespec t = {(time_t)(left / 1e3), (long)((left - (long)(left / 1e3) * 1e3) * 1e6)};
    ppoll(&p, 1, &t, NULL);
}
static void ping(Window w, unsigned long stamp) {
    XEvent e = {0};
    e.xclient.type = ClientMessage; e.xclient.window = w; e.xclient.message_type = atom("WM_PROTOCOLS"); e.xclient.format = 32;
    e.xclient.data.l[0] = atom("_NET_WM_PING"); e.xclient.data.l[1] = stamp; e.xclient.data.l[2] = w;
    XSendEvent(d, w, False, NoEventMask, &e);
}
static int isPong(XEvent *e, Window w, unsigned long stamp) {
    return e->type == ClientMessage && e->xclient.window == root && (Atom)e->xclient.data.l[0] == atom("_NET_WM_PING") &&
           (unsigned long)e->xclient.data.l[1] == stamp && (Window)e->xclient.data.l[2] == w;
}
static unsigned long hash(int x, int y, int w, int h, int *colours) {
    XImage *i = XGetImage(d, root, x, y, w, h, AllPlanes, ZPixmap);
    if (!i) return 0;
    unsigned long s = 1469598103934665603ul; unsigned seen[64]; int n = 0;
    for (int r = 0; r < h; r++) {
        unsigned *p = (unsigned *)(i->data + r * i->bytes_per_line);
        for (int c = 0; c < w; c++) {
            s = (s ^ p[c]) * 1099511628211ul;
            if (colours && n < 64) { int k = 0; while (k < n && seen[k] != p[c]) k++; if (k == n) seen[n++] = p[c]; }
        }
    }
    XDestroyImage(i);
    if (colours) *colours = n;
    return s;
}
static void place(Window w, int *x, int *y, int *wd, int *ht) {
    Window c; XWindowAttributes a; *x = *y = *wd = *ht = 0;
    if (!XGetWindowAttributes(d, w, &a)) return;
    XTranslateCoordinates(d, w, root, 0, 0, x, y, &c);
    *wd = a.width; *ht = a.height;
}
static int below(int pid, int top) {   /* is pid top or a descendant of it */
    for (int i = 0; pid > 1 && i < 32; i++) {
        if (pid == top) return 1;
        char p[64], buf[512]; snprintf(p, sizeof p, "/proc/%d/stat", pid);
        FILE *f = fopen(p, "r"); if (!f) return 0;
        size_t k = fread(buf, 1, sizeof buf - 1, f); fclose(f); buf[k] = 0;
        char *q = strrchr(buf, ')'); if (!q || sscanf(q + 1, " %*c %d", &pid) != 1) return 0;
    }
    return 0;
}

static int start(double seconds, char **argv) {
    XSelectInput(d, root, PropertyChangeMask | SubstructureNotifyMask | StructureNotifyMask); XSync(d, False);
    double t0 = now(), mapped = -1, painted = -1, answered = -1, last = -1, end = t0 + seconds * 1e3;
    int pid = fork();
    if (pid == 0) { setsid(); dup2(2, 1); close(ConnectionNumber(d)); execvp(argv[0], argv); _exit(127); }
    Window w = 0; unsigned long stamp = 0; int colours = 0, x, y, wd, ht, owner = pid;
    double ran = 0, waited = 0;
    for (;;) {
        next(now() + (mapped < 0 ? 5 : 20) < end ? now() + (mapped < 0 ? 5 : 20) : end);
        double t = now();
        if (t > end) break;
        int status; if (waitpid(pid, &status, WNOHANG) == pid) { printf("{\"pid\": %d, \"exit\": %d}\n", pid, WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status)); return 1; }
        int touched = 0;
        while (XPending(d)) {
            XEvent e; XNextEvent(d, &e);
            if (e.type == damageEvent) { last = t; touched = 1; }
            if (w && stamp && isPong(&e, w, stamp)) {
                stamp = 0;
                if (painted > 0 && answered < 0) { answered = t; schedule(owner, &ran, &waited); }
            }
        }
        if (!w) {
            unsigned long n; Window *all = clients(&n);
            for (unsigned long i = 0; i < n && !w; i++) {
                int p = cardinal(all[i], "_NET_WM_PID", 0);
                if (p && below(p, pid)) { w = all[i]; owner = p; mapped = t; XDamageCreate(d, w, XDamageReportRawRectangles); touched = 1; }
            }
            if (all) XFree(all);
        }
        if (w && painted < 0) {   /* painted: more than a flat colour or two */
            place(w, &x, &y, &wd, &ht);
            if (wd > 60 && ht > 60) hash(x, y, wd, ht, &colours);
            if (colours >= 4) { painted = last = now(); stamp = 1; ping(w, ++stamp); }
        } else if (answered > 0 && now() - (last > answered ? last : answered) > 400) break;
        (void)touched;
    }
    printf("{\"pid\": %d, \"owner\": %d, \"window\": %lu, \"mapped\": %.1f, \"painted\": %.1f, \"usable\": %.1f, \"settled\": %.1f, \"cpu\": %.1f, \"queued\": %.1f}\n",
           pid, owner, w, mapped < 0 ? -1 : mapped - t0, painted < 0 ? -1 : painted - t0, answered < 0 ? -1 : answered - t0, last < 0 ? -1 : last - t0, ran, waited);
    return answered < 0;
}

static int cmp(const void *a, const void *b) { double x = *(double *)a, y = *(double *)b; return (x > y) - (x < y); }

static int pings(Window w, int pid, double every, double seconds) {
    XSelectInput(d, root, SubstructureNotifyMask | StructureNotifyMask); XSync(d, False);
    double t0 = now(), end = t0 + seconds * 1e3, late = 0, server = 0, when = 0, worst = 0, worstNet = 0, whenNet = 0;
    int n = 0, cap = (int)(seconds * 1e3 / every) + 16, over = 0, lost = 0;
    double *all = malloc(sizeof *all * cap);
    unsigned long stamp = (unsigned long)(t0) & 0xffffff;
    for (double due = now(); due < end && n < cap;) {
        while (now() < due) { next(due); while (XPending(d)) { XEvent e; XNextEvent(d, &e); } }
        double a = now(); if (a - due > late) late = a - due;
        XSync(d, False); double s = now() - a; if (s > server) server = s;   /* the X server's own delay */
        double r0, w0, r1, w1; schedule(pid, &r0, &w0);
        double sent = now(); ping(w, ++stamp);
        int ok = 0;
        while (!ok && now() < sent + 15000) {
            next(sent + 15000);
            while (XPending(d)) { XEvent e; XNextEvent(d, &e); if (isPong(&e, w, stamp)) ok = 1; }
            if (kill(pid, 0)) break;
        }
        double took = now() - sent; schedule(pid, &r1, &w1);
        if (!ok) { lost++; break; }
        double net = took - (w1 - w0); if (net < 0) net = 0;
        all[n++] = took;
        if (took > worst) { worst = took; when = sent - t0; }
        if (net > worstNet) { worstNet = net; whenNet = sent - t0; }
        if (net > 50) over++;
        due += every; if (due < now()) due = now();
    }
    qsort(all, n, sizeof *all, cmp);
    printf("{\"pings\": %d, \"median\": %.2f, \"p99\": %.2f, \"longest\": %.1f, \"longest_at\": %.0f, \"longest_net\": %.1f, \"longest_net_at\": %.0f, \"over_50\": %d, \"unanswered\": %d, \"own_lateness\": %.1f, \"server\": %.1f}\n",
           n, n ? all[n / 2] : -1, n ? all[(int)(n * 0.99)] : -1, worst, when, worstNet, whenNet, over, lost, late, server);
    return lost;
}

static int keys(Window w, int x, int y, int wd, int ht, const char *name, int n, int gap) {
    KeySym s = XStringToKeysym(name); KeyCode k = XKeysymToKeycode(d, s);
    if (!k) { printf("{\"error\": \"no such key\"}\n"); return 1; }
    XDamageCreate(d, w, XDamageReportRawRectangles);
    double *all = malloc(sizeof *all * n), *slept = malloc(sizeof *slept * n); int m = 0, lost = 0;
    (void)slept;
    for (int i = 0; i < n; i++) {
        double wait = now() + gap + (i * 7) % 13;   /* not in step with a blinking cursor or a frame clock */
        while (now() < wait) { next(wait); while (XPending(d)) { XEvent e; XNextEvent(d, &e); } }
        unsigned long before = hash(x, y, wd, ht, NULL);
        double t = now(), got = -1;
        XTestFakeKeyEvent(d, k, True, 0); XTestFakeKeyEvent(d, k, False, 0); XFlush(d);
        while (got < 0 && now() < t + 2000) {
            next(t + 2000);
            int hit = 0; double at = now();
            while (XPending(d)) {
                XEvent e; XNextEvent(d, &e);
                if (e.type == damageEvent) hit = 1;
            }
            if (hit && hash(x, y, wd, ht, NULL) != before) got = at - t;
        }
        if (got < 0) lost++; else all[m++] = got;
    }
    qsort(all, m, sizeof *all, cmp);
    printf("{\"keys\": %d, \"unseen\": %d, \"min\": %.1f, \"median\": %.1f, \"p90\": %.1f, \"max\": %.1f}\n", m, lost, m ? all[0] : -1, m ? all[m / 2] : -1, m ? all[(int)(m * 0.9)] : -1, m ? all[m - 1] : -1);
    return 0;
}

int main(int c, char **v) {
    if (c < 2 || !(d = XOpenDisplay(NULL))) { fprintf(stderr, "xprobe: no command or no display\n"); return 2; }
    XSetErrorHandler(quiet);
    root = DefaultRootWindow(d);
    int e, f; if (XDamageQueryExtension(d, &e, &f)) damageEvent = e + XDamageNotify; else damageEvent = -1;
    if (!strcmp(v[1], "start") && c > 4) return start(atof(v[2]), v + 4);
    if (!strcmp(v[1], "ping") && c == 6) return pings(strtoul(v[2], 0, 0), atoi(v[3]), atof(v[4]), atof(v[5]));
    if (!strcmp(v[1], "key") && c == 10) return keys(strtoul(v[2], 0, 0), atoi(v[3]), atoi(v[4]), atoi(v[5]), atoi(v[6]), v[7], atoi(v[8]), atoi(v[9]));
    if (!strcmp(v[1], "quiet") && c == 4) {
        XDamageCreate(d, strtoul(v[2], 0, 0), XDamageReportRawRectangles); XSync(d, True);
        double end = now() + atof(v[3]) * 1e3, area = 0; int n = 0;
        while (now() < end) { next(end); while (XPending(d)) { XEvent ev; XNextEvent(d, &ev); if (ev.type == damageEvent) { n++; area += ((XDamageNotifyEvent *)&ev)->area.width * (double)((XDamageNotifyEvent *)&ev)->area.height; } } }
        printf("{\"repaints\": %d, \"megapixels\": %.2f}\n", n, area / 1e6);
        return 0;
    }
    if (!strcmp(v[1], "close") && c == 3) {
        XEvent ev = {0}; ev.xclient.type = ClientMessage; ev.xclient.window = strtoul(v[2], 0, 0); ev.xclient.message_type = atom("_NET_CLOSE_WINDOW"); ev.xclient.format = 32; ev.xclient.data.l[1] = 2;
        XSendEvent(d, root, False, SubstructureRedirectMask | SubstructureNotifyMask, &ev); XSync(d, False);
        return 0;
    }
    if (!strcmp(v[1], "windows")) {
        unsigned long n; Window *all = clients(&n); printf("[");
        for (unsigned long i = 0; i < n; i++) {
            char *t = NULL; XTextProperty p = {0}; if (XGetTextProperty(d, all[i], &p, atom("_NET_WM_NAME")) && p.value) t = (char *)p.value;
            int x, y, wd, ht; place(all[i], &x, &y, &wd, &ht);
            printf("%s[%lu, %lu, \"", i ? ", " : "", all[i], cardinal(all[i], "_NET_WM_PID", 0));
            for (char *q = t ? t : ""; *q; q++) if (*q != '"' && *q != '\\' && (unsigned char)*q >= 32) putchar(*q);
            printf("\", [%d, %d, %d, %d]]", x, y, wd, ht);
        }
        printf("]\n");
        return 0;
    }
    if (!strcmp(v[1], "grab") && c == 6) {
        XImage *i = XGetImage(d, root, atoi(v[2]), atoi(v[3]), atoi(v[4]), atoi(v[5]), AllPlanes, ZPixmap);
        if (!i) return 1;
        for (int r = 0; r < i->height; r++) fwrite(i->data + r * i->bytes_per_line, 4, i->width, stdout);
        return 0;
    }
    fprintf(stderr, "xprobe: wrong use\n");
    return 2;
}
