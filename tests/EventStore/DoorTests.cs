using System.Reflection;
using System.Runtime.CompilerServices;
using Vkp.EventStore.Audit;
using Vkp.EventStore.Retention;
using Vkp.EventStore.Subscriptions;
using Vkp.TestSupport;

namespace Vkp.EventStore.Tests;

public sealed class DoorTests
{
    /// <summary>By name, in the sources of the tests: a method added to the door without a test fails here.</summary>
    [Fact]
    public void Every_method_of_the_door_is_called_by_a_test()
    {
        var tests = string.Concat(Directory.EnumerateFiles(Repository.PathOf("tests", "EventStore"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "DoorTests.cs")
            .Select(File.ReadAllText));
        Type[] door = [typeof(EventLog), typeof(Subscription), typeof(Rebuild), typeof(Projection), typeof(LogAudit), typeof(LogExport), typeof(LogRetention), typeof(StoreSpace), typeof(AnchorKey), typeof(Migrations), typeof(Database)];

        var untested = door.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(method => !method.IsSpecialName && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && method.Name is not (nameof(IAsyncDisposable.DisposeAsync) or nameof(IDisposable.Dispose)))
                .Select(method => $"{type.Name}.{method.Name}"))
            .Distinct()
            .Where(name => !tests.Contains($".{name.Split('.')[1]}(", StringComparison.Ordinal))
            .ToList();

        Assert.Empty(untested);
    }

    [Fact]
    public void The_conformance_suite_names_no_table()
    {
        var suite = File.ReadAllText(Repository.PathOf("tests", "EventStore", "Conformance", "StoreConformance.cs"));

        foreach (var sql in (string[])["log_head", "log_commit", "select ", "insert ", "StoreFixture.CreateAsync", "Npgsql"])
            Assert.DoesNotContain(sql, suite, StringComparison.Ordinal);
    }
}
