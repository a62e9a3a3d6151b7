//go:build tools

// The real cnitool, built by its package path; named here so that go.mod keeps what it needs.
package main

import _ "github.com/containernetworking/cni/cnitool/cmd"
