using System.Security.Cryptography;

namespace Vkp.Hub.Privacy;

/// <summary>The key that wraps every tenant's keys. It is never in the database: whoever has only the database has nothing.</summary>
public sealed class MasterKey
{
    public const int Bytes = 32;

    private readonly byte[] _key;
    private readonly IReadOnlyList<MasterKey> _others;

    private MasterKey(byte[] key, IReadOnlyList<MasterKey> others)
    {
        (_key, _others) = (key, others);
        Id = HMACSHA256.HashData(key, "vkp master key id"u8)[..8];
    }

    /// <summary>Names the key without telling anything about it; stands beside what it wrapped.</summary>
    internal byte[] Id { get; }

    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>The key that wrapped something: this one, or one of those that only open; null when it is none of them.</summary>
    internal MasterKey? Opening(ReadOnlySpan<byte> id)
    {
        if (id.SequenceEqual(Id))
            return this;

        foreach (var other in _others)
        {
            if (id.SequenceEqual(other.Id))
                return other;
        }

        return null;
    }

    /// <summary>
    /// The key from the environment value when there is one, else from the file; when neither exists, a new one is made
    /// and written to the file, readable by its owner only. Several keys may stand there, with space, comma or line break between them:
    /// the first wraps, all of them open. That is how a master key is changed beside a hub that runs.
    /// </summary>
    /// <param name="environmentValue">The value of VKP_MASTER_KEY: 32 bytes as base64 or hex.</param>
    /// <exception cref="VaultException">VKP-320 when a value or file is there but is no key. It is never overwritten.</exception>
    public static MasterKey Load(string? environmentValue, string file)
    {
        if (!string.IsNullOrWhiteSpace(environmentValue))
            return Parse(environmentValue) ?? throw VaultException.MasterKeyUnreadable("VKP_MASTER_KEY");

        if (!File.Exists(file))
            Create(file);

        return Parse(File.ReadAllText(file)) ?? throw VaultException.MasterKeyUnreadable(file);
    }

    public static MasterKey Generate() => new(RandomNumberGenerator.GetBytes(Bytes), []);

    /// <summary>A new key as text, for an operator to put where the hub reads it.</summary>
    public static string NewText() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>This key, with another that only opens what it wrapped before.</summary>
    public MasterKey Besides(MasterKey other) => new(_key, [.. _others, other]);

    public override string ToString() => $"master key {Convert.ToHexStringLower(Id)}";

    private static void Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        // Written beside and moved, so that a crash never leaves half a key, and of two hubs that start at once one wins.
        var fresh = $"{file}.{Environment.ProcessId}.new";
        using (var writer = new StreamWriter(fresh, options))
            writer.WriteLine(NewText());

        try
        {
            File.Move(fresh, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(fresh);
        }
    }

    /// <summary>Null when any of them is no key: one that is misspelt would be missed only when it is needed.</summary>
    private static MasterKey? Parse(string text)
    {
        var keys = text.Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(ParseOne).ToList();
        return keys.Count == 0 || keys.Contains(null) ? null : new MasterKey(keys[0]!, [.. keys.Skip(1).Select(key => new MasterKey(key!, []))]);
    }

    private static byte[]? ParseOne(string text)
    {
        var key = new byte[Bytes + 2];
        if (text.Length == Bytes * 2 && Convert.FromHexString(text, key, out _, out _) == System.Buffers.OperationStatus.Done)
            return key[..Bytes];

        return Convert.TryFromBase64String(text, key, out var written) && written == Bytes ? key[..Bytes] : null;
    }
}
