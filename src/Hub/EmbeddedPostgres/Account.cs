namespace Vkp.EmbeddedPostgres;

/// <summary>
/// Who the server runs as. An ordinary user runs it as itself (<see cref="Uid"/> is null: nothing to change).
/// Root may not, so root drops to `postgres` when that account exists, else to `nobody`.
/// </summary>
internal sealed record Account(string Name, uint? Uid, uint? Gid)
{
    internal bool Dropped => Uid is not null;

    /// <param name="earlier">
    /// The account that made the data, when there is some: it owns the files. Installing PostgreSQL later makes an account `postgres`,
    /// which must not take over what `nobody` began.
    /// </param>
    internal static Account Choose(string? earlier)
    {
        if (!Environment.IsPrivilegedProcess) return new(Environment.UserName, null, null);
        var known = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(f => f.Length >= 4).ToList();
        foreach (var name in earlier is null ? (string[])["postgres", "nobody"] : [earlier])
        {
            var entry = known.Find(f => f[0] == name);
            // macOS writes nobody's id as -2; the cast keeps the bits chown expects.
            if (entry is not null && long.TryParse(entry[2], out var uid) && long.TryParse(entry[3], out var gid) && uid != 0)
                return new(name, unchecked((uint)uid), unchecked((uint)gid));
        }
        throw ClusterException.NoAccount(earlier is null ? "neither 'postgres' nor 'nobody' is in /etc/passwd" : $"'{earlier}', which owns the data, is not in /etc/passwd");
    }

    /// <summary>Whether this account can enter a folder, asked of the kernel itself (modes, groups and access lists alike).</summary>
    internal async Task<bool> CanEnterAsync(string folder, CancellationToken ct) =>
        !Dropped || (await Command.RunAsync(this, "/bin/sh", ["-c", "cd \"$1\" && test -r .", "sh", folder], "/", TimeSpan.FromSeconds(10), ct)).ExitCode == 0;
}
