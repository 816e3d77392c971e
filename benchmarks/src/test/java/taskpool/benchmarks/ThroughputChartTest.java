package taskpool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import taskpool.benchmarks.ThroughputChart.Point;

class ThroughputChartTest {

  @Test
  void spacesPowersOfTenEvenly() {
    double step = ThroughputChart.x(1e-5) - ThroughputChart.x(1e-6);
    double rise = ThroughputChart.y(10) - ThroughputChart.y(100);

    assertThat(step).isPositive();
    assertThat(rise).isPositive();
    assertThat(ThroughputChart.x(1e-1) - ThroughputChart.x(1e-2)).isCloseTo(step, within(1e-6));
    assertThat(ThroughputChart.y(1e5) - ThroughputChart.y(1e6)).isCloseTo(rise, within(1e-6));
  }

  @Test
  void drawsAPointForEachFigureAndALineForEachContender() throws Exception {
    ThroughputChart chart =
        new ThroughputChart(
            Map.of(
                Entrant.TASKPOOL, List.of(new Point(1e-6, 1e5), new Point(1e-3, 1e3)),
                Entrant.MP_POOL, List.of(new Point(1e-6, 1e4))));
    Document svg = parse(chart.svg());

    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(3);
    assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(2);
    assertThat(svg.getDocumentElement().getTextContent())
        .contains("taskpool", "mp.Pool", "2 cores, no pool", "100 ms", "1,000,000");
  }

  @Test
  void takesItsPointsFromTheFigures() {
    Results results = new Results();
    results.add("throughput.1000us", Entrant.TASKPOOL, List.of(1_800.0));

    assertThat(ThroughputChart.of(results).svg())
        .contains(
            String.format(
                java.util.Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\"",
                ThroughputChart.x(1e-3),
                ThroughputChart.y(1_800)));
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
