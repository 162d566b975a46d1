"""Plots as SVG, written by hand: a few small panels side by side."""

from xml.sax.saxutils import escape

WIDTH, HEIGHT = 300, 220
LEFT, RIGHT, TOP, BOTTOM = 62, 14, 34, 40
# Room for the title where there is one panel.
LEAST_WIDTH = 600


def svg(found):
    """One panel for each quantity, all against the same axis, both axes from nothing."""
    panels = list(found["panels"].items())
    width = max(WIDTH * len(panels), LEAST_WIDTH)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT + 24}" font-family="sans-serif" font-size="11">',
        f'<rect width="{width}" height="{HEIGHT + 24}" fill="white"/>',
        f'<text x="8" y="16" font-size="13">{escape(found["title"])}</text>',
    ]
    for index, (title, points) in enumerate(panels):
        parts.append(f'<g transform="translate({index * WIDTH},24)">{_panel(title, points, found["axis"])}</g>')
    return "\n".join(parts) + "\n</svg>\n"


def _panel(title, points, axis):
    points = sorted((float(x), float(y)) for x, y in points)
    top_x, top_y = _round_up(max(x for x, _ in points)), _round_up(max(y for _, y in points))

    def place(x, y):
        across = LEFT + (WIDTH - LEFT - RIGHT) * x / top_x
        return f"{across:.1f},{HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * y / top_y:.1f}"

    parts = [f'<text x="{LEFT}" y="{TOP - 12}">{escape(title)}</text>']
    for share in [0, 0.25, 0.5, 0.75, 1]:
        left, right = place(0, top_y * share).split(","), place(top_x, top_y * share).split(",")
        parts.append(f'<line x1="{left[0]}" y1="{left[1]}" x2="{right[0]}" y2="{right[1]}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{float(left[1]) + 4:.1f}" text-anchor="end">{_short(top_y * share)}</text>')
        foot = place(top_x * share, 0).split(",")
        if share in (0, 0.5, 1):
            parts.append(f'<text x="{foot[0]}" y="{float(foot[1]) + 15:.1f}" text-anchor="middle">{_short(top_x * share)}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{escape(axis)}</text>')
    last = points[-1]
    parts.append(f'<polyline points="{place(0, 0)} {place(*last)}" fill="none" stroke="#999" stroke-dasharray="4 4"/>')
    line = " ".join(place(x, y) for x, y in points)
    parts.append(f'<polyline points="{line}" fill="none" stroke="#1f6fb2" stroke-width="2"/>')
    for x, y in points:
        across, down = place(x, y).split(",")
        parts.append(f'<circle cx="{across}" cy="{down}" r="3" fill="#1f6fb2"/>')
    return "".join(parts)


def _round_up(value):
    """The least of 1, 2, 2.5 and 5 times a power of ten that is no less."""
    if value <= 0:
        return 1.0
    power = 1.0
    while power * 10 <= value:
        power *= 10
    while power > value:
        power /= 10
    for factor in (1, 2, 2.5, 5, 10):
        if power * factor >= value:
            return power * factor
    return power * 10


def _short(value):
    for size, suffix in [(1e6, "M"), (1e3, "k")]:
        if abs(value) >= size:
            return f"{value / size:.3g}{suffix}"
    return f"{value:.3g}"
