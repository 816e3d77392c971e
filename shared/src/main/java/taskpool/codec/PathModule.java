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
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Paths and files as the text they were written with. Jackson's own way makes a relative one
 * absolute, and takes a name with a colon for a URI.
 *
 * <p>A path whose name is not text in this process's encoding is sent as its URI, which keeps the
 * bytes. No path's text looks like one: its slashes would be one.
 */
final class PathModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  private static final String URI_PREFIX = "file:///";

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
      out.writeString(isText(path) ? path.toString() : path.toUri().toString());
    }

    private static boolean isText(Path path) {
      try {
        return Path.of(path.toString()).equals(path);
      } catch (InvalidPathException e) {
        return false;
      }
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
      return text.startsWith(URI_PREFIX) ? Path.of(URI.create(text)) : Path.of(text);
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
