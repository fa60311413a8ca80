using System.Text.Json;

namespace Vkp.Sandbox;

/// <summary>
/// The journal as an append-only file, one JSON line for each answer given. Lines that come while the disk is busy go
/// there together, with one flush; nobody is answered before the flush of his own line.
/// What a kill -9 leaves is a whole file or one with a torn last line, whose answer nobody got: the line is cut off.
/// </summary>
/// <remarks>Callers take turns (see <see cref="Receiver"/>); only the writing to disk runs beside them.</remarks>
internal sealed class EpjJournal : IAsyncDisposable
{
    private readonly FileStream owner;
    private readonly FileStream file;
    private readonly Action<int> stored;
    private readonly List<JournalEntry> entries = [];
    private readonly Dictionary<string, JournalEntry> byHeader = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GivenAnswer> byBundle = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private List<JournalLine> waiting = [];
    private TaskCompletionSource next = NewBatch();
    private Task writing = Task.CompletedTask;
    private int storedEntries;
    private Exception? failure;

    /// <param name="stored">Told the number of entries on disk, each time it has grown.</param>
    /// <exception cref="SandboxException">VKP-951: a line other than the last is broken. VKP-952: another process has the folder.</exception>
    public EpjJournal(string folder, Action<int> stored)
    {
        this.stored = stored;
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

    /// <summary>How many entries there are or will be when the disk is done.</summary>
    public int Count => entries.Count;

    /// <summary>Those on disk, oldest first.</summary>
    public IEnumerable<JournalEntry> Entries
    {
        get
        {
            lock (gate) return entries.Take(storedEntries);
        }
    }

    public JournalEntry? EntryOf(string messageHeaderId) => byHeader.GetValueOrDefault(messageHeaderId);

    /// <summary>What was answered to this Bundle, with the header it came under.</summary>
    public GivenAnswer? AnswerTo(string bundleId) => byBundle.GetValueOrDefault(bundleId);

    /// <summary>Takes the line; it must not be answered before <see cref="GivenAnswer.Stored"/> is complete.</summary>
    /// <exception cref="IOException">An earlier line could not be written: nothing more is taken, because the file may end anywhere.</exception>
    public GivenAnswer Append(JournalLine line)
    {
        lock (gate)
        {
            if (failure is not null) throw new IOException("The journal cannot be written any more.", failure);
            waiting.Add(line);
            var given = Remember(line, next.Task);
            if (waiting.Count == 1 && writing.IsCompleted) writing = Task.Run(WriteWaiting);
            return given;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await writing;
        await file.DisposeAsync();
        await owner.DisposeAsync();
    }

    private static TaskCompletionSource NewBatch() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Writes batch after batch until nobody waits.</summary>
    private void WriteWaiting()
    {
        while (true)
        {
            List<JournalLine> lines;
            TaskCompletionSource batch;
            lock (gate)
            {
                (lines, waiting, batch, next) = (waiting, [], next, NewBatch());
            }

            try
            {
                foreach (var line in lines)
                {
                    JsonSerializer.Serialize(file, line, JournalJson.Default.JournalLine);
                    file.WriteByte((byte)'\n');
                }

                file.Flush(flushToDisk: true);
            }
            catch (Exception failed)
            {
                lock (gate)
                {
                    failure = failed;
                    batch.SetException(failed);
                    next.SetException(failed);
                    writing = Task.CompletedTask;
                    return;
                }
            }

            lock (gate)
            {
                storedEntries += lines.Count(line => line.Entry is not null);
                stored(storedEntries);
                batch.SetResult();
                if (waiting.Count > 0) continue;
                writing = Task.CompletedTask;
                return;
            }
        }
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

            Remember(line, Task.CompletedTask);
            start += length + 1;
        }

        file.SetLength(start);
        file.Seek(0, SeekOrigin.End);
        storedEntries = entries.Count;
        stored(storedEntries);
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

    private GivenAnswer Remember(JournalLine line, Task stored)
    {
        var given = byBundle[line.BundleId] = new GivenAnswer(line.MessageHeaderId, line.Answer, stored);
        if (line.Entry is { } entry)
        {
            entries.Add(entry);
            byHeader.TryAdd(entry.MessageHeaderId, entry);
        }

        return given;
    }
}

/// <summary>An answer that may go out once <paramref name="Stored"/> is complete.</summary>
internal sealed record GivenAnswer(string MessageHeaderId, string Answer, Task Stored);
