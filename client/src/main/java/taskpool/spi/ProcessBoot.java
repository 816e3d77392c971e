package taskpool.spi;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import taskpool.codec.SizedBytes;

/**
 * What a process is told at its start, over its standard input: who it is and what to run.
 *
 * @param number {@code 2} or, started by that one, {@code 2:1}
 * @param party stands for it at the barriers that it is given
 * @param parentPid the process id of who starts it
 * @param ofObject whether the function is called on the process object itself, which has travelled
 * @param function as {@link taskpool.codec.FunctionRef} writes it
 * @param payload the captured values and arguments, as {@link taskpool.codec.Arguments} writes them
 */
public record ProcessBoot(
    String name,
    String number,
    boolean daemon,
    long party,
    String parentName,
    long parentPid,
    boolean ofObject,
    byte[] function,
    byte[] payload) {

  /** Writes it and flushes. */
  public void writeTo(OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    out.writeUTF(name);
    out.writeUTF(number);
    out.writeBoolean(daemon);
    out.writeLong(party);
    out.writeUTF(parentName);
    out.writeLong(parentPid);
    out.writeBoolean(ofObject);
    SizedBytes.write(out, function);
    SizedBytes.write(out, payload);
    out.flush();
  }

  /** Reads it; throws {@link java.io.EOFException} if the parent is gone before it was written. */
  public static ProcessBoot readFrom(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    return new ProcessBoot(
        in.readUTF(),
        in.readUTF(),
        in.readBoolean(),
        in.readLong(),
        in.readUTF(),
        in.readLong(),
        in.readBoolean(),
        SizedBytes.read(in),
        SizedBytes.read(in));
  }
}
