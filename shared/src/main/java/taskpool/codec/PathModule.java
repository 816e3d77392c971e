package taskpool.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/**
 * Absolute paths as URIs, which carry the bytes of any name whatever the locale; relative ones, and
 * files, as the text they were written with. Jackson's own way makes a relative path absolute, and
 * takes a name with a colon for a URI.
 */
final class PathModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  /** No relative path begins like this: a path has no empty names in it. */
  private static final String ABSOLUTE = "file:///";

  PathModule() {
    super("taskpool-paths");
    addSerializer(new PathWriter());
    addDeserializer(Path.class, new PathReader());
    addSerializer(new FileWriter());
  }

  private static final class PathWriter extends StdScalarSerializer<Path> {
    private static final long serialVersionUID = 1L;

    PathWriter() {
      super(Path.class);
    }

    @Override
    public void serialize(Path path, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (path.getFileSystem() != FileSystems.getDefault()) {
        throw JsonMappingException.from(
            out, "the path %s is of a file system of this process only".formatted(path.toUri()));
      }
      out.writeString(path.isAbsolute() ? path.toUri().toString() : path.toString());
    }
  }

  private static final class PathReader extends StdScalarDeserializer<Path> {
    private static final long serialVersionUID = 1L;

    PathReader() {
      super(Path.class);
    }

    @Override
    public Path deserialize(JsonParser in, DeserializationContext context) throws IOException {
      String text = in.getText();
      return text.startsWith(ABSOLUTE) ? Path.of(URI.create(text)) : Path.of(text);
    }
  }

  private static final class FileWriter extends StdScalarSerializer<File> {
    private static final long serialVersionUID = 1L;

    FileWriter() {
      super(File.class);
    }

    @Override
    public void serialize(File file, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(file.getPath());
    }
  }
}
