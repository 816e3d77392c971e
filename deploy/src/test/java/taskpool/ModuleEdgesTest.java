package taskpool;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** Who may know whom: shared ← client ← worker, shared ← coordinator, deploy → all. */
@AnalyzeClasses(packages = "taskpool", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleEdgesTest {

  @ArchTest
  static final ArchRule EDGES =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("shared")
          .definedBy(
              "taskpool.error",
              "taskpool.protocol",
              "taskpool.link",
              "taskpool.codec",
              "taskpool.payload",
              "taskpool.lifecycle",
              "taskpool.node")
          .layer("client")
          .definedBy("taskpool", "taskpool.function", "taskpool.spi", "taskpool.client")
          .layer("coordinator")
          .definedBy("taskpool.coordinator")
          .layer("worker")
          .definedBy("taskpool.worker..")
          .layer("deploy")
          .definedBy("taskpool.deploy..")
          .whereLayer("client")
          .mayOnlyBeAccessedByLayers("worker", "deploy")
          .whereLayer("coordinator")
          .mayOnlyBeAccessedByLayers("deploy")
          .whereLayer("worker")
          .mayOnlyBeAccessedByLayers("deploy")
          .whereLayer("deploy")
          .mayNotBeAccessedByAnyLayer();

  /** The decision cores are plain Java: they can be simulated and read on their own. */
  @ArchTest
  static final ArchRule CORES_ARE_PURE =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAnyPackage("taskpool.link", "taskpool.lifecycle")
          .or()
          .haveFullyQualifiedName("taskpool.coordinator.Coordinator")
          .or()
          .haveFullyQualifiedName("taskpool.worker.Worker")
          .or()
          .haveFullyQualifiedName("taskpool.client.ClientSession")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("akka..", "java.io..", "java.util.concurrent..")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");
}
