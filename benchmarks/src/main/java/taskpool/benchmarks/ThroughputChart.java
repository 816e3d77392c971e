package taskpool.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tasks per second over the length of the tasks, both axes logarithmic, as SVG. Its colours are
 * those of the surrounding page where that says so, and follow the reader's choice of light or dark
 * where it stands alone.
 */
final class ThroughputChart {
  /** A measured point. */
  record Point(double seconds, double perSecond) {}

  private static final int CORES = 2;
  private static final int WIDTH = 820;
  private static final int HEIGHT = 460;
  private static final int LEFT = 80;
  private static final int RIGHT = 170;
  private static final int TOP = 30;
  private static final int BOTTOM = 60;

  /** Powers of ten at the ends of the axes. */
  private static final int X_FROM = -6;

  private static final int X_TO = -1;
  private static final int Y_FROM = 1;
  private static final int Y_TO = 6;

  private static final String[] LENGTHS = {"1 us", "10 us", "100 us", "1 ms", "10 ms", "100 ms"};
  private static final Map<Entrant, String> COLOURS =
      new EnumMap<>(
          Map.of(
              Entrant.TASKPOOL, "#d1495b",
              Entrant.MP_POOL, "#2e86ab",
              Entrant.PROCESS_POOL, "#3fa796",
              Entrant.HAZELCAST, "#c98b1b",
              Entrant.IGNITE, "#8a6fc8"));

  private static final String STYLE =
      """
      <style>
        svg { color: #24292f; font: 13px sans-serif; }
        @media (prefers-color-scheme: dark) { svg { color: #d8dee4; } }
        text { fill: currentColor; }
        .grid { stroke: currentColor; stroke-opacity: 0.15; }
        .axis { stroke: currentColor; }
        .ideal { stroke: currentColor; stroke-dasharray: 6 4; fill: none; }
        .line { fill: none; stroke-width: 2.2; }
      </style>
      """;

  private final Map<Entrant, List<Point>> series;

  ThroughputChart(Map<Entrant, List<Point>> series) {
    this.series = series;
  }

  static ThroughputChart of(Results results) {
    Map<Entrant, List<Point>> series = new EnumMap<>(Entrant.class);
    for (Line line : Workload.CHART.lines()) {
      double micros = Double.parseDouble(line.name().replaceAll("[^0-9]", ""));
      results
          .spreads(Workload.CHART, line)
          .forEach(
              (entrant, spread) ->
                  series
                      .computeIfAbsent(entrant, e -> new ArrayList<>())
                      .add(new Point(micros / 1e6, spread.median())));
    }
    return new ThroughputChart(series);
  }

  /** Where a task length stands, in pixels from the left. */
  static double x(double seconds) {
    return LEFT + (Math.log10(seconds) - X_FROM) / (X_TO - X_FROM) * (WIDTH - LEFT - RIGHT);
  }

  /** Where a throughput stands, in pixels from the top. */
  static double y(double perSecond) {
    double share = (Math.log10(perSecond) - Y_FROM) / (Y_TO - Y_FROM);
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        tag(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                + " aria-label=\"Tasks per second over task length, for taskpool and its peers\">",
            WIDTH, HEIGHT));
    svg.append(STYLE);
    grid(svg);
    ideal(svg);
    int row = 1;
    for (Map.Entry<Entrant, List<Point>> one : series.entrySet()) {
      String colour = COLOURS.getOrDefault(one.getKey(), "currentColor");
      line(svg, one.getValue(), colour);
      legend(svg, row++, one.getKey().label(), "class=\"line\" stroke=\"" + colour + "\"");
    }
    return svg.append("</svg>\n").toString();
  }

  private static void grid(StringBuilder svg) {
    for (int power = X_FROM; power <= X_TO; power++) {
      double at = x(Math.pow(10, power));
      svg.append(segment("grid", at, TOP, at, HEIGHT - BOTTOM));
      svg.append(text(at, HEIGHT - BOTTOM + 20, "middle", LENGTHS[power - X_FROM]));
    }
    for (int power = Y_FROM; power <= Y_TO; power++) {
      double at = y(Math.pow(10, power));
      svg.append(segment("grid", LEFT, at, WIDTH - RIGHT, at));
      svg.append(
          text(LEFT - 8, at + 4, "end", String.format(Locale.ROOT, "%,.0f", Math.pow(10, power))));
    }
    svg.append(segment("axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM));
    svg.append(segment("axis", LEFT, TOP, LEFT, HEIGHT - BOTTOM));
    double middle = (LEFT + WIDTH - RIGHT) / 2.0;
    svg.append(text(middle, HEIGHT - 15, "middle", "CPU time of one task"));
    svg.append(
        tag(
            "<text transform=\"translate(16 %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>",
            (TOP + HEIGHT - BOTTOM) / 2.0, "tasks per second, 2 workers"));
  }

  /** What two cores could do if handing out tasks cost nothing. */
  private static void ideal(StringBuilder svg) {
    double shortest = Math.max(Math.pow(10, X_FROM), CORES / Math.pow(10, Y_TO));
    double longest = Math.pow(10, X_TO);
    svg.append(segment("ideal", x(shortest), y(CORES / shortest), x(longest), y(CORES / longest)));
    legend(svg, 0, "2 cores, no pool", "class=\"ideal\"");
  }

  private static void line(StringBuilder svg, List<Point> points, String colour) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      double x = x(point.seconds());
      double y = y(point.perSecond());
      path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      svg.append(tag("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>", x, y, colour));
    }
    svg.append(
        tag(
            "<polyline class=\"line\" stroke=\"%s\" points=\"%s\"/>",
            colour, path.toString().strip()));
  }

  private static void legend(StringBuilder svg, int row, String label, String attributes) {
    int y = TOP + 15 + 22 * row;
    int x = WIDTH - RIGHT + 18;
    svg.append(tag("<path %s d=\"M%d %dh26\"/>", attributes, x, y));
    svg.append(text(x + 34, y + 4, "start", label));
  }

  private static String segment(String kind, double x1, double y1, double x2, double y2) {
    return tag("<path class=\"%s\" d=\"M%.1f %.1fL%.1f %.1f\"/>", kind, x1, y1, x2, y2);
  }

  private static String text(double x, double y, String anchor, String content) {
    return tag("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, content);
  }

  private static String tag(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + "\n";
  }
}
