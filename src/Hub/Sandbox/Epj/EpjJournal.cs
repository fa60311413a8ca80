using System.Text.Json;

namespace Vkp.Sandbox;

/// <summary>
/// The journal as an append-only file, one JSON line for each answer given, flushed to disk before the answer goes out.
/// What a kill -9 leaves is a whole file or one with a torn last line, whose answer nobody got: the line is cut off.
/// </summary>
internal sealed class EpjJournal : IDisposable
{
    private readonly FileStream owner;
    private readonly FileStream file;
    private readonly List<JournalEntry> entries = [];
    private readonly Dictionary<string, JournalEntry> byHeader = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JournalLine> byBundle = new(StringComparer.Ordinal);

    /// <exception cref="SandboxException">VKP-951: a line other than the last is broken. VKP-952: another process has the folder.</exception>
    public EpjJournal(string folder)
    {
        Directory.CreateDirectory(folder);
        owner = Own(folder);
        try
        {
            file = new FileStream(Path.Combine(folder, "journal.ndjson"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            Load();
        }
        catch
        {
            file?.Dispose();
            owner.Dispose();
            throw;
        }
    }

    public IReadOnlyList<JournalEntry> Entries => entries;

    public JournalEntry? EntryOf(string messageHeaderId) => byHeader.GetValueOrDefault(messageHeaderId);

    /// <summary>What was answered to this Bundle, with the header it came under.</summary>
    public JournalLine? AnswerTo(string bundleId) => byBundle.GetValueOrDefault(bundleId);

    /// <summary>On return the line is on disk.</summary>
    public void Append(JournalLine line)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, JournalJson.Default.JournalLine), (byte)'\n'];
        file.Write(bytes);
        file.Flush(flushToDisk: true);
        Remember(line);
    }

    public void Dispose()
    {
        file.Dispose();
        owner.Dispose();
    }

    private static FileStream Own(string folder)
    {
        try
        {
            // The system lets go of the lock when the process dies, however it dies.
            return new FileStream(Path.Combine(folder, "journal.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw SandboxException.JournalInUse(folder);
        }
    }

    private void Load()
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var start = 0;
        for (var number = 1; start < bytes.Length; number++)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            var line = length < 0 ? null : Parse(bytes.AsSpan(start, length));
            if (line is null)
            {
                var isLast = length < 0 || start + length + 1 == bytes.Length;
                if (!isLast) throw SandboxException.JournalBroken(file.Name, number);
                break;
            }

            Remember(line);
            start += length + 1;
        }

        file.SetLength(start);
        file.Seek(0, SeekOrigin.End);
    }

    private static JournalLine? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, JournalJson.Default.JournalLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Remember(JournalLine line)
    {
        byBundle[line.BundleId] = line;
        if (line.Entry is not { } entry) return;
        entries.Add(entry);
        byHeader.TryAdd(entry.MessageHeaderId, entry);
    }
}
