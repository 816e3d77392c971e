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
import java.nio.file.FileSystems;
import java.nio.file.Path;

/**
 * Paths and files as the text they were written with. Jackson's own way makes a relative one
 * absolute, and takes a name with a colon for a URI.
 */
final class PathModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

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
      out.writeString(path.toString());
    }
  }

  private static final class PathReader extends StdScalarDeserializer<Path> {
    private static final long serialVersionUID = 1L;

    PathReader() {
      super(Path.class);
    }

    @Override
    public Path deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return Path.of(in.getText());
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
