using System.Security.Cryptography;

namespace Vkp.Hub.Privacy;

/// <summary>The key that wraps every tenant's keys. It is never in the database: whoever has only the database has nothing.</summary>
public sealed class MasterKey
{
    public const int Bytes = 32;

    private readonly byte[] _key;

    private MasterKey(byte[] key)
    {
        _key = key;
        Id = HMACSHA256.HashData(key, "vkp master key id"u8)[..8];
    }

    /// <summary>Names the key without telling anything about it; stands beside what it wrapped.</summary>
    internal byte[] Id { get; }

    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>
    /// The key from the environment value when there is one, else from the file; when neither exists, a new one is made
    /// and written to the file, readable by its owner only.
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

    public static MasterKey Generate() => new(RandomNumberGenerator.GetBytes(Bytes));

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
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));

        try
        {
            File.Move(fresh, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(fresh);
        }
    }

    private static MasterKey? Parse(string text)
    {
        var trimmed = text.Trim();
        var key = new byte[Bytes + 2];
        if (trimmed.Length == Bytes * 2 && Convert.FromHexString(trimmed, key, out _, out _) == System.Buffers.OperationStatus.Done)
            return new MasterKey(key[..Bytes]);

        return Convert.TryFromBase64String(trimmed, key, out var written) && written == Bytes ? new MasterKey(key[..Bytes]) : null;
    }
}
